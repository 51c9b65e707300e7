@NullMarked
package io.saccade.job.events;

import org.jspecify.annotations.NullMarked;
