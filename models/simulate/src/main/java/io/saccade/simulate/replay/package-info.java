/** Logged decisions made anew. */
@NullMarked
package io.saccade.simulate.replay;

import org.jspecify.annotations.NullMarked;
