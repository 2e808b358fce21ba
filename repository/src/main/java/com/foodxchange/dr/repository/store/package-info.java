/** Where the files of a repository lie: one contract, a folder or memory behind it. */
@NullMarked
package com.foodxchange.dr.repository.store;

import org.jspecify.annotations.NullMarked;
