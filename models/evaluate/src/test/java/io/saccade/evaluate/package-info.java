@NullMarked
package io.saccade.evaluate;

import org.jspecify.annotations.NullMarked;
