@NullMarked
package io.saccade.job.control;

import org.jspecify.annotations.NullMarked;
