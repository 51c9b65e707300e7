@NullMarked
package io.saccade.simulate.subtask;

import org.jspecify.annotations.NullMarked;
