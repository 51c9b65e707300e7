@NullMarked
package io.saccade.job;

import org.jspecify.annotations.NullMarked;
