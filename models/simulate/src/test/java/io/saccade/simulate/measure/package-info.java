@NullMarked
package io.saccade.simulate.measure;

import org.jspecify.annotations.NullMarked;
