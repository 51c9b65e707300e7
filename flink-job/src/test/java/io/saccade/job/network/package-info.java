@NullMarked
package io.saccade.job.network;

import org.jspecify.annotations.NullMarked;
