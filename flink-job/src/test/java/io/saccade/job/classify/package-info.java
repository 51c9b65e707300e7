@NullMarked
package io.saccade.job.classify;

import org.jspecify.annotations.NullMarked;
