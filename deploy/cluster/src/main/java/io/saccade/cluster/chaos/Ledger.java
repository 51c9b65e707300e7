package io.saccade.cluster.chaos;

import io.saccade.wire.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Books what became of every frame that the broker has acknowledged: whose label is there, whose is
 * missing, which came again, and what they cost. Safe for use by several threads.
 */
final class Ledger {
  /** Camera and sequence in one number; sequences stay far below this. */
  private static final long CAMERAS = 1L << 40;

  private final List<Book> books = new ArrayList<>();
  private final Map<String, Long> outcomes = new TreeMap<>();
  private long frames;
  private long labels;
  private long duplicates;
  private long contradictions;
  private long committedMicros;
  private long writtenMicros;
  private long written;

  /** One partition of the frames topic: who stands at each offset; 0 where nobody does. */
  private static final class Book {
    long[] frames = new long[1 << 12];
    long[] labels = new long[1 << 12];

    static long[] grown(long[] entries, int place) {
      return place < entries.length
          ? entries
          : Arrays.copyOf(entries, Math.max(place + 1, 2 * entries.length));
    }
  }

  Ledger(int partitions) {
    for (int i = 0; i < partitions; i++) {
      books.add(new Book());
    }
  }

  /** As the cameras are named. */
  static String camera(int number) {
    return "camera-" + number;
  }

  private static long entry(int camera, long sequence) {
    return camera * CAMERAS + sequence + 1;
  }

  /** The entry of a label; one that can be no frame's for a camera that does not exist. */
  private static long entry(Label label) {
    String name = label.camera();
    return name.matches("camera-\\d{1,6}")
        ? entry(Integer.parseInt(name.substring("camera-".length())), label.sequence())
        : -1;
  }

  /** A frame that the broker has. */
  synchronized void acknowledged(int partition, long offset, int camera, long sequence) {
    Book book = books.get(partition);
    int place = Math.toIntExact(offset);
    book.frames = Book.grown(book.frames, place);
    book.frames[place] = entry(camera, sequence);
    frames++;
  }

  /** A label that readers of committed records see. */
  synchronized void committed(Label label) {
    Book book = books.get(label.partition());
    int place = Math.toIntExact(label.offset());
    book.labels = Book.grown(book.labels, place);
    if (book.labels[place] == 0) {
      book.labels[place] = entry(label);
      labels++;
      committedMicros += micros(label);
      outcomes.merge(label.outcome(), 1L, Long::sum);
      return;
    }
    duplicates++;
    if (book.labels[place] != entry(label)) {
      contradictions++;
    }
  }

  /** A label that was written, committed or not. */
  synchronized void written(Label label) {
    written++;
    writtenMicros += micros(label);
  }

  private static long micros(Label label) {
    return label.decodeMicros() + label.lookMicros();
  }

  /** Frames without a label by now. */
  synchronized long missing() {
    long missing = 0;
    for (Book book : books) {
      for (int place = 0; place < book.frames.length; place++) {
        if (book.frames[place] != 0 && (place >= book.labels.length || book.labels[place] == 0)) {
          missing++;
        }
      }
    }
    return missing;
  }

  /**
   * Labels that readers of committed records have seen and the reader of all records has not yet:
   * in the end none, or it has missed some.
   */
  synchronized long unread() {
    return Math.max(0, labels + duplicates - written);
  }

  /** What the books say; to be asked when everything has been read. */
  synchronized Account account() {
    long strange = contradictions;
    for (Book book : books) {
      for (int place = 0; place < book.labels.length; place++) {
        long frame = place < book.frames.length ? book.frames[place] : 0;
        if (book.labels[place] != 0 && book.labels[place] != frame) {
          strange++;
        }
      }
    }
    return new Account(
        frames,
        labels,
        missing(),
        duplicates,
        strange,
        new TreeMap<>(outcomes),
        unread(),
        committedMicros / 1e3,
        (writtenMicros - committedMicros) / 1e3);
  }

  synchronized long frames() {
    return frames;
  }

  synchronized long labels() {
    return labels;
  }

  /**
   * Where everything is.
   *
   * @param frames that the broker acknowledged
   * @param labels of different frames
   * @param lost frames without a label
   * @param duplicates further labels of a frame that has one
   * @param strange labels whose camera and sequence are not those of the frame at their offset
   * @param unread labels that the reader of all records has missed
   * @param committedMillis CPU time of the labels, the first of each frame
   * @param wastedMillis CPU time of all others that were written: repeated, or never committed; too
   *     low, even below 0, when some are unread
   */
  record Account(
      long frames,
      long labels,
      long lost,
      long duplicates,
      long strange,
      Map<String, Long> outcomes,
      long unread,
      double committedMillis,
      double wastedMillis) {}
}
