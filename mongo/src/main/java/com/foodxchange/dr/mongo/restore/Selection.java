package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.DocumentConsumer;
import com.foodxchange.dr.mongo.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a moment is wanted, and under which names. A time-series collection brings its buckets along. A view is its
 * definition and brings nothing: what it reads from would replace collections that nobody asked for.
 *
 * @param databases whole databases; together with {@code namespaces} empty: everything
 * @param namespaces single collections
 * @param renames from and to, either both databases or both {@code db.collection}; a collection that is renamed by itself
 *     is not touched by the renaming of its database
 */
public record Selection(Set<String> databases, Set<Namespace> namespaces, Map<String, String> renames) {
    public static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Map.of());

    public Selection {
        databases = Set.copyOf(databases);
        namespaces = Set.copyOf(namespaces);
        renames = Map.copyOf(renames);
    }

    /**
     * Whether databases are wanted as a whole, so that what the moment does not have may go. They are not when single
     * collections are wanted, or go to another name, perhaps in a database that has others.
     */
    public boolean wholeDatabases() {
        return namespaces.isEmpty() && renames.keySet().stream().noneMatch(Selection::isCollection);
    }

    /**
     * The wanted contents under their new names, in the given order.
     *
     * @throws DeploymentException INVALID when a name is not among the contents, or two would get the same name
     */
    public List<CollectionContent> apply(List<CollectionContent> contents) {
        checkNames(contents);
        Renaming renaming = new Renaming(renames);
        List<CollectionContent> selected = new ArrayList<>();
        Set<Namespace> taken = new HashSet<>();
        for (CollectionContent content : contents) {
            Namespace namespace = content.spec().namespace();
            if (isWanted(namespace)) {
                Namespace target = renaming.of(namespace);
                if (!taken.add(target)) {
                    throw invalid(
                            "two collections would be restored to " + target,
                            "rename one of them to another name, or leave it out");
                }
                selected.add(target.equals(namespace) ? content : new RenamedContent(content, target));
            }
        }
        renaming.checkUsed();
        return selected;
    }

    private boolean isWanted(Namespace namespace) {
        return (databases.isEmpty() && namespaces.isEmpty())
                || databases.contains(namespace.database())
                || namespaces.contains(namespace)
                || namespaces.contains(TimeSeries.counterpart(namespace));
    }

    private void checkNames(List<CollectionContent> contents) {
        Collection<String> all = new TreeSet<>();
        Collection<String> known = new TreeSet<>();
        for (CollectionContent content : contents) {
            known.add(content.spec().namespace().database());
            all.add(content.spec().namespace().toString());
        }
        for (String database : databases) {
            if (!known.contains(database)) {
                throw invalid(
                        "there is no database '" + database + "' at that moment", NearestNames.hint(database, known));
            }
        }
        for (Namespace namespace : namespaces) {
            if (!all.contains(namespace.toString())) {
                throw invalid(
                        "there is no collection '" + namespace + "' at that moment",
                        NearestNames.hint(namespace.toString(), all));
            }
        }
    }

    static boolean isCollection(String name) {
        return name.indexOf('.') >= 0;
    }

    static DeploymentException invalid(String message, String hint) {
        return new DeploymentException(Kind.INVALID, message, hint);
    }

    /** The same documents under another name. */
    private record RenamedContent(CollectionContent original, Namespace namespace) implements CollectionContent {
        @Override
        public CollectionSpec spec() {
            return original.spec().withNamespace(namespace);
        }

        @Override
        public long expectedBytes() {
            return original.expectedBytes();
        }

        @Override
        public void forEach(DocumentConsumer consumer) throws IOException, InterruptedException {
            original.forEach(consumer);
        }
    }
}
