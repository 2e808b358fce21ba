package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore;

/** Repositories without a password, because deriving a key takes half a second each time. */
final class Repositories {
    static final MasterKey KEY = MasterKey.random();

    private static final Config CONFIG = Config.random();

    private Repositories() {}

    /** The repository in the store; may be called again to open it as another process would. */
    static Repository on(BlobStore store) {
        return new Repository(store, KEY, CONFIG);
    }
}
