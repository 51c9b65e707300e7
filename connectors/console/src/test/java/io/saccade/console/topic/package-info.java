@NullMarked
package io.saccade.console.topic;

import org.jspecify.annotations.NullMarked;
