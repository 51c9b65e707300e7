/** The network, loaded once for all subtasks of a TaskManager. */
@NullMarked
package io.saccade.job.network;

import org.jspecify.annotations.NullMarked;
