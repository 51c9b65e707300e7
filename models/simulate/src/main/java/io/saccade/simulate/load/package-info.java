/** What happens to a subtask: frames, their content, the host, the transport. */
@NullMarked
package io.saccade.simulate.load;

import org.jspecify.annotations.NullMarked;
