@NullMarked
package io.saccade.cluster.chaos;

import org.jspecify.annotations.NullMarked;
