/** From what was observed to one operating point, many times a second. */
@NullMarked
package io.saccade.budget;

import org.jspecify.annotations.NullMarked;
