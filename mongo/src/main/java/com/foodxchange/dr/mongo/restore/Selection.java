package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a moment is wanted, and under which names.
 *
 * @param databases whole databases; together with {@code namespaces} empty: everything
 * @param namespaces single collections
 * @param renames from and to, either both databases or both {@code db.collection}
 */
@SuppressWarnings("DoNotCallSuggester")
public record Selection(Set<String> databases, Set<Namespace> namespaces, Map<String, String> renames) {
    public static final Selection EVERYTHING = new Selection(Set.of(), Set.of(), Map.of());

    public Selection {
        databases = Set.copyOf(databases);
        namespaces = Set.copyOf(namespaces);
        renames = Map.copyOf(renames);
    }

    /** Whether databases are wanted as a whole, so that what the moment does not have may go. */
    public boolean wholeDatabases() {
        return namespaces.isEmpty();
    }

    /**
     * The wanted contents under their new names, in the given order.
     *
     * @throws DeploymentException INVALID when a name is not among the contents, or two would get the same name
     */
    public List<CollectionContent> apply(List<CollectionContent> contents) {
        throw new UnsupportedOperationException(contents.toString());
    }
}
