package com.foodxchange.dr.recovery.upkeep;

import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.recovery.Gap;
import com.foodxchange.dr.repository.Check;
import com.foodxchange.dr.repository.CheckFinding;
import com.foodxchange.dr.repository.CheckFinding.Hit;
import com.foodxchange.dr.repository.CheckFinding.Severity;
import com.foodxchange.dr.repository.CheckReport;
import com.foodxchange.dr.repository.CheckScope;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryException;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a repository and the backups in it. Beyond what any restic repository has to fulfil: every manifest can be read
 * and agrees with its snapshot, every collection is there with the size that it had, slices continue each other, and, when
 * data is read, every collection still has the content hash that was taken while it was captured.
 */
public final class CheckRecipe {
    private final BlobStore store;
    private final char[] password;

    /** The store stays open. */
    public CheckRecipe(BlobStore store, char[] password) {
        this.store = store;
        this.password = password.clone();
    }

    /**
     * Checks; changes nothing.
     *
     * @param scope what {@link Check} reads; with data, collections are read as well: those of every {@code parts}-th
     *     backup when it is a part
     * @return what the repository's own check found, and what the backups' did
     * @throws RepositoryException as {@link Check#run} throws it
     */
    public CheckReport run(CheckScope scope, CheckProgress progress) throws IOException, InterruptedException {
        CheckReport structure = Check.run(store, password, scope, progress);
        List<CheckFinding> findings = new ArrayList<>(structure.findings());
        try (Repository repository = Repository.open(new BorrowedStore(store), password)) {
            findings.addAll(inspect(repository, structure, scope, progress));
        } catch (RepositoryException e) {
            // What keeps a repository from being opened is among the findings already.
            if (structure.clean() || e.kind() == Kind.STORAGE) {
                throw e;
            }
        }
        return new CheckReport(
                findings,
                structure.snapshots(),
                structure.indexFiles(),
                structure.packs(),
                structure.blobs(),
                structure.bytes(),
                structure.packsRead(),
                structure.bytesRead());
    }

    private static List<CheckFinding> inspect(
            Repository repository, CheckReport structure, CheckScope scope, CheckProgress progress)
            throws IOException, InterruptedException {
        Backups backups = Backups.list(repository);
        List<CheckFinding> findings = new ArrayList<>();
        for (String source : backups.sources()) {
            backups.timeline(source).gaps().forEach(gap -> findings.add(finding(source, gap)));
        }
        BackupInspection inspection =
                new BackupInspection(repository, damagedFiles(structure), findings::add, progress);
        List<BackupSnapshot> all = backups.all();
        for (BackupSnapshot backup : all) {
            inspection.inspect(backup);
        }
        if (scope.readData()) {
            inspection.readContents(part(all, scope));
        }
        return findings;
    }

    private static List<BackupSnapshot> part(List<BackupSnapshot> all, CheckScope scope) {
        List<BackupSnapshot> part = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % scope.parts() == scope.part() - 1) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    /** What the repository's check blames already is not blamed again. */
    private static Set<DamagedFile> damagedFiles(CheckReport structure) {
        Set<DamagedFile> files = new HashSet<>();
        for (CheckFinding finding : structure.problems()) {
            for (Hit hit : finding.hits()) {
                hit.paths()
                        .forEach(
                                path -> files.add(new DamagedFile(hit.snapshot().id(), path)));
            }
        }
        return files;
    }

    /** A file, or with a slash at its end a folder, of a snapshot. */
    record DamagedFile(String snapshot, String path) {}

    private static CheckFinding finding(String source, Gap gap) {
        boolean lost = switch (gap.reason()) {
            case MISSING_SLICE, MISSING_FULL, UNREADABLE_SNAPSHOT -> true;
            case OPLOG_ROLLED_OVER, ROLLBACK, OTHER_REPLICA_SET, OTHER_DATABASES, STANDALONE, NO_SLICE -> false;
        };
        String stretch = (gap.after() == null ? "before " : "after " + gap.after() + " until ")
                + (gap.before() == null ? "the last slice" : gap.before());
        return new CheckFinding(
                lost ? Severity.PROBLEM : Severity.NOTE,
                "source " + source,
                "nothing can be restored " + stretch + ": " + gap.message(),
                lost ? "put the missing snapshot back from a copy of the repository, or take a full backup" : "",
                List.of());
    }
}
