/** The files of a bundle, format 1 (docs/bundle.md): read, checked and refused as a whole. */
@NullMarked
package io.saccade.gfnet.bundle;

import org.jspecify.annotations.NullMarked;
