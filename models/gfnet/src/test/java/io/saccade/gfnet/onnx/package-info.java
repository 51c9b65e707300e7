@NullMarked
package io.saccade.gfnet.onnx;

import org.jspecify.annotations.NullMarked;
