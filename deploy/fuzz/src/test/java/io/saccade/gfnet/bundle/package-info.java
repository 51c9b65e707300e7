/** A bundle's JSON, fuzzed. */
@NullMarked
package io.saccade.gfnet.bundle;

import org.jspecify.annotations.NullMarked;
