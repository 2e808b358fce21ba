package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Table;
import com.foodxchange.dr.recovery.Backups;
import com.foodxchange.dr.repository.Check;
import com.foodxchange.dr.repository.CheckScope;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Uses the classes that most commands use, so that the launcher can keep them prepared. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    WarmUpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        char[] password = "warm-up".toCharArray();
        BlobStore store = new MemoryBlobStore();
        try (Repository repository = Repository.init(store, password)) {
            Backups backups = Backups.list(repository);
            surroundings
                    .screen()
                    .print(new Table().left("sources").row(backups.sources().size()));
            Check.run(store, password, CheckScope.allData(), (a, b, c, d) -> {});
        }
        DrCommand.run(surroundings, "help", "restore");
        return ExitCode.DONE;
    }
}
