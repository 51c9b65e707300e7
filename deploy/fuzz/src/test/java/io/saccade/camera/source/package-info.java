/** What a camera sends, fuzzed. */
@NullMarked
package io.saccade.camera.source;

import org.jspecify.annotations.NullMarked;
