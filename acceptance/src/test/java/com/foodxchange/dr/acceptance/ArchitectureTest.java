package com.foodxchange.dr.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What docs/architecture.md promises about who may know whom. */
@AnalyzeClasses(packages = "com.foodxchange.dr", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "com.foodxchange.dr.";

    @ArchTest
    static final ArchRule REPOSITORY_STANDS_ALONE =
            module("repository").knowsNothingOf("mongo", "sandbox", "recovery", "cli");

    @ArchTest
    static final ArchRule MONGO_STANDS_ALONE =
            module("mongo").knowsNothingOf("repository", "sandbox", "recovery", "cli");

    @ArchTest
    static final ArchRule SANDBOX_STANDS_ALONE =
            module("sandbox").knowsNothingOf("repository", "mongo", "recovery", "cli");

    @ArchTest
    static final ArchRule RECOVERY_DOES_NOT_NEED_THE_COMMAND_LINE = module("recovery")
            .knowsNothingOf("sandbox", "cli")
            .because("a server will call the same recipes, and a sandbox is no part of a recovery");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching(BASE + "(**)")
            .should()
            .beFreeOfCycles()
            .because("data flows one way: move what both need into the package that both may know");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..core..", "..model..", "..helper..")
            .because("such a folder says nothing of its content: put the class where it is used");

    @ArchTest
    static final ArchRule NULL_IS_MARKED = classes()
            .should(resideInANullMarkedPackage())
            .because("NullAway checks marked packages only: add a package-info.java with @NullMarked");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_ENDS_THE_PROCESS = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "cli..")
            .should(callMethod(System.class, "exit", int.class))
            .because("a library reports what happened; the exit code is decided in one place");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "cli..", BASE + "acceptance..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("progress and findings go to listeners and results, so that every caller can show them its way");

    @ArchTest
    static final ArchRule NO_WEB_FRAMEWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..")
            .because("a database is recovered with the server dead");

    private static Module module(String name) {
        return new Module(name);
    }

    private record Module(String name) {
        ArchRule knowsNothingOf(String... others) {
            DescribedPredicate<JavaClass> foreign = DescribedPredicate.alwaysFalse();
            for (String other : others) {
                foreign = foreign.or(resideInAPackage(BASE + other + ".."));
            }
            return noClasses()
                    .that()
                    .resideInAPackage(BASE + name + "..")
                    .should()
                    .dependOnClassesThat(foreign.as("belong to %s", String.join(", ", others)));
        }
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package marked @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                JavaPackage owner = item.getPackage();
                boolean marked = owner.isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(item, marked, owner.getName() + " of " + item.getSimpleName()));
            }
        };
    }
}
