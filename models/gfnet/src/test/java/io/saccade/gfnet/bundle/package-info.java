@NullMarked
package io.saccade.gfnet.bundle;

import org.jspecify.annotations.NullMarked;
