@NullMarked
package io.saccade.gfnet.decode;

import org.jspecify.annotations.NullMarked;
