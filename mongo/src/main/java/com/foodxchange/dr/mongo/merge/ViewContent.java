package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DocumentConsumer;

/** A view, or a time-series collection, whose documents lie in its buckets: a name and a definition without documents. */
record ViewContent(CollectionSpec spec) implements CollectionContent {
    @Override
    public long expectedBytes() {
        return 0;
    }

    @Override
    public void forEach(DocumentConsumer consumer) {}
}
