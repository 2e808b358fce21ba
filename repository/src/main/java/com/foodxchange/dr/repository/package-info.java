/** Where bytes are safe: a restic-format repository on a blob store. */
@NullMarked
package com.foodxchange.dr.repository;

import org.jspecify.annotations.NullMarked;
