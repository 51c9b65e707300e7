@NullMarked
package io.saccade.bench;

import org.jspecify.annotations.NullMarked;
