@NullMarked
package io.saccade.bench.console;

import org.jspecify.annotations.NullMarked;
