@NullMarked
package io.saccade.cluster;

import org.jspecify.annotations.NullMarked;
