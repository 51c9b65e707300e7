@NullMarked
package io.saccade.wire;

import org.jspecify.annotations.NullMarked;
