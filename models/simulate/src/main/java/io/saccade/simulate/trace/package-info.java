/** What the looks of a model say about recorded frames, and what they cost. */
@NullMarked
package io.saccade.simulate.trace;

import org.jspecify.annotations.NullMarked;
