/** The archives, unpacked and looked at; that of this platform is run. */
@NullMarked
package io.saccade.dist;

import org.jspecify.annotations.NullMarked;
