package com.foodxchange.dr.repository.store;

final class MemoryBlobStoreTest extends BlobStoreContract {
    @Override
    BlobStore open() {
        return new MemoryBlobStore();
    }
}
