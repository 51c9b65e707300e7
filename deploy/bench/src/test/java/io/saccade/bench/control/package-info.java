@NullMarked
package io.saccade.bench.control;

import org.jspecify.annotations.NullMarked;
