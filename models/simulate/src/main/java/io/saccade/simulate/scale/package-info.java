/** One budget among a thousand subtasks: what sharing it costs, and how soon all agree. */
@NullMarked
package io.saccade.simulate.scale;

import org.jspecify.annotations.NullMarked;
