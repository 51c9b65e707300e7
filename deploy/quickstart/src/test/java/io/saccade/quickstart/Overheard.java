package io.saccade.quickstart;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/**
 * The warnings that are logged meanwhile by everybody in this process, as they would stand in the
 * log.
 */
final class Overheard implements AutoCloseable {
  private final Logger root = (Logger) LogManager.getRootLogger();
  private final Level before = root.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AbstractAppender appender =
      new AbstractAppender("overheard", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getMessage().getFormattedMessage());
        }
      };

  Overheard() {
    appender.start();
    root.addAppender(appender);
    Configurator.setRootLevel(Level.WARN);
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    root.removeAppender(appender);
    Configurator.setRootLevel(before);
    appender.stop();
  }
}
