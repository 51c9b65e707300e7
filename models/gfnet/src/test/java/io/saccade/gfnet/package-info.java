@NullMarked
package io.saccade.gfnet;

import org.jspecify.annotations.NullMarked;
