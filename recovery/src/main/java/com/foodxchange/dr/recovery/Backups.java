package com.foodxchange.dr.recovery;

import com.foodxchange.dr.recovery.RecoveryException.Kind;
import com.foodxchange.dr.repository.Damage;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every backup in a repository.
 *
 * @param all oldest first
 * @param foreign snapshots that are none of our backups, such as those that restic made
 * @param unreadable snapshot files that cannot be read
 */
public record Backups(List<BackupSnapshot> all, List<Snapshot> foreign, List<Damage> unreadable) {
    public Backups {
        all = List.copyOf(all);
        foreign = List.copyOf(foreign);
        unreadable = List.copyOf(unreadable);
    }

    /** Reads nothing but the snapshot files. */
    public static Backups list(Repository repository) {
        return of(repository.snapshots());
    }

    static Backups of(SnapshotList list) {
        List<BackupSnapshot> ours = new ArrayList<>();
        List<Snapshot> foreign = new ArrayList<>();
        for (Snapshot snapshot : list.snapshots()) {
            Optional<BackupSnapshot> backup = SnapshotTags.read(snapshot);
            backup.ifPresentOrElse(ours::add, () -> foreign.add(snapshot));
        }
        return new Backups(ours, foreign, list.unreadable());
    }

    /** The names of the sources, sorted. */
    public SortedSet<String> sources() {
        SortedSet<String> sources = new TreeSet<>();
        all.forEach(backup -> sources.add(backup.source()));
        return sources;
    }

    /** The backups of a source, oldest first. */
    public List<BackupSnapshot> of(String source) {
        return all.stream().filter(backup -> backup.source().equals(source)).toList();
    }

    /** The restorable windows of a source, which has none when it is unknown. */
    public Timeline timeline(String source) {
        return Timeline.of(source, of(source), unreadable);
    }

    /**
     * The source that is meant.
     *
     * @param name null: the only one
     * @throws RecoveryException UNKNOWN_SOURCE when it has no backup, or there are several and none is named
     */
    public String source(@Nullable String name) {
        SortedSet<String> sources = sources();
        if (sources.isEmpty()) {
            throw unknown("there is no backup in the repository", "take one with 'dr backup'");
        }
        String known = String.join(", ", sources);
        if (name == null && sources.size() > 1) {
            throw unknown("the repository holds the backups of several sources", "name one with --source: " + known);
        }
        if (name != null && !sources.contains(name)) {
            throw unknown("there is no backup of '" + name + "' in the repository", "its sources are: " + known);
        }
        return name == null ? sources.first() : name;
    }

    private static RecoveryException unknown(String message, String hint) {
        return new RecoveryException(Kind.UNKNOWN_SOURCE, message, hint);
    }
}
