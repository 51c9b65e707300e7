/** What may be done to Saccade by whoever writes bytes that it reads. */
@NullMarked
package io.saccade.fuzz;

import org.jspecify.annotations.NullMarked;
