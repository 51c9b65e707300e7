@NullMarked
package io.saccade.evaluate.sizing;

import org.jspecify.annotations.NullMarked;
