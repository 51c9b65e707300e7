package io.saccade.gfnet.onnx;

import static io.saccade.gfnet.TinyBundle.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.saccade.gfnet.TinyBundle;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final TinyBundle TINY = new TinyBundle();
  private static final GraphShapes SHAPES = new GraphShapes(32, 32, 5, 82);
  private static final GraphFile GLANCE = new GraphFile("glance.onnx", TINY.file("glance.onnx"));
  private static final GraphFile FOCUS = new GraphFile("focus.onnx", TINY.file("focus.onnx"));

  private final List<String> complaints = new ArrayList<>();

  @AfterEach
  void leavesNothingNativeBehind() {
    assertThat(Natives.open()).isZero();
  }

  private Optional<Network> load(GraphFile glance, GraphFile focus, GraphShapes shapes, int opset) {
    return Network.load(
        glance, focus, shapes, opset, (file, complaint) -> complaints.add(file + ": " + complaint));
  }

  private List<String> complaintsAbout(byte[] glance) {
    Optional<Network> network = load(new GraphFile("glance.onnx", glance), FOCUS, SHAPES, 17);
    assertThat(network).isEmpty();
    return complaints;
  }

  private Network tiny() {
    return load(GLANCE, FOCUS, SHAPES, 17).orElseThrow();
  }

  @Test
  void refusesAnotherOpset() {
    assertThat(load(GLANCE, FOCUS, SHAPES, 18)).isEmpty();
    assertThat(complaints)
        .containsExactly(
            "glance.onnx: opset must be 18, but was 17",
            "focus.onnx: opset must be 18, but was 17");
  }

  @Test
  void refusesTensorsOfAnotherShape() {
    assertThat(load(GLANCE, FOCUS, new GraphShapes(48, 48, 6, 83), 17)).isEmpty();
    assertThat(complaints)
        .contains(
            "glance.onnx: input view must be FLOAT [1, 48, 48, 3], but was FLOAT [1, 32, 32, 3]",
            "glance.onnx: output probabilities must be FLOAT [1, 6], but was FLOAT [1, 5]",
            "focus.onnx: input memory must be FLOAT [1, 83], but was FLOAT [1, 82]",
            "focus.onnx: output next_memory must be FLOAT [1, 83], but was FLOAT [1, 82]");
  }

  @Test
  void refusesTheTwoGraphsInEachOthersPlace() {
    assertThat(load(/* glance= */ FOCUS, /* focus= */ GLANCE, SHAPES, 17)).isEmpty();
    assertThat(complaints)
        .containsExactly(
            "focus.onnx: inputs must be [view], but there was also memory",
            "glance.onnx: input memory must be FLOAT [1, 82], but was missing");
  }

  @Test
  void refusesWhatIsNotOnnx() {
    assertThat(complaintsAbout(utf8("not a model")))
        .singleElement()
        .asString()
        .startsWith("glance.onnx: must be an ONNX model, but was not: ");
  }

  @Test
  void refusesAnEmptyModel() {
    assertThat(complaintsAbout(new byte[0]).get(0)).contains("must have a graph, but had none");
  }

  @Test
  void refusesAModelThatWasCut() {
    byte[] cut = Arrays.copyOf(GLANCE.onnx(), GLANCE.onnx().length / 2);

    assertThat(complaintsAbout(cut).get(0)).contains("must be whole, but was cut");
  }

  @Test
  void refusesAModelThatOnnxRuntimeCannotLoad() {
    // Protobuf adds up what is appended: a second node of an operator that does not exist.
    byte[] node = message(1, join(message(2, utf8("odd")), message(4, utf8("NoSuchOperator"))));

    assertThat(complaintsAbout(join(GLANCE.onnx(), message(7, node))).get(0))
        .contains("must be loadable, but was not: ", "NoSuchOperator");
  }

  @Test
  void refusesValuesThatLieInOtherFilesWhereverTheyAreNamed() {
    byte[] tensor = join(message(8, utf8("weights")), new byte[] {14 << 3, 1});
    byte[] entry = join(message(8, utf8("weights")), message(13, message(1, utf8("location"))));
    byte[] attribute = message(1, message(5, message(5, tensor)));
    byte[] inSubgraph = message(1, message(5, message(6, message(5, tensor))));
    for (byte[] graph :
        List.of(
            message(5, tensor),
            message(5, entry),
            message(15, message(1, tensor)),
            attribute,
            inSubgraph,
            message(1, message(5, message(11, message(5, tensor)))),
            message(1, message(5, message(22, message(2, tensor)))))) {
      complaints.clear();
      assertThat(complaintsAbout(join(GLANCE.onnx(), message(7, graph))))
          .containsExactly(
              "glance.onnx: must hold all its values itself, but those of [weights] lie in other"
                  + " files");
    }
    complaints.clear();
    byte[] inFunction = message(25, message(7, message(5, message(5, tensor))));
    assertThat(complaintsAbout(join(GLANCE.onnx(), inFunction))).hasSize(1);
  }

  @Test
  void refusesGraphsNestedWithoutEnd() {
    byte[] graph = new byte[0];
    for (int depth = 0; depth < 40; depth++) {
      graph = message(1, message(5, message(6, graph)));
    }

    assertThat(complaintsAbout(join(GLANCE.onnx(), message(7, graph))).get(0))
        .contains("must nest at most 32 graphs");
  }

  @Property(tries = 1000)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] bytes) {
    Throwable thrown = catchThrowable(() -> ModelFile.of(bytes));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must");
    }
  }

  @Test
  void answersAlikeFromEachGlanceOn() {
    try (Network network = tiny();
        Retina retina = network.retina()) {
      fill(retina, 60);
      retina.glance();
      float[] first = retina.probabilities();
      retina.focus();
      float[] second = retina.probabilities();
      retina.focus();
      float[] third = retina.probabilities();

      retina.glance();
      assertThat(retina.probabilities()).isEqualTo(first);
      retina.focus();
      assertThat(retina.probabilities()).isEqualTo(second);
      retina.focus();
      assertThat(retina.probabilities()).isEqualTo(third);
      // The same picture, yet another answer: the memory arrives.
      assertThat(second).isNotEqualTo(first);
      assertThat(third).isNotEqualTo(second);
    }
  }

  @Test
  void neverAnswersWithWhatIsNotANumber() {
    try (Network network = tiny();
        Retina retina = network.retina()) {
      fill(retina, Float.NaN);

      assertThatThrownBy(retina::glance)
          .isInstanceOf(NetworkFailure.class)
          .hasMessageContaining("NaN");
    }
  }

  @Test
  void staysOpenUntilTheLastRetinaIsClosed() {
    Network network = tiny();
    Retina retina = network.retina();
    network.close();
    network.close();

    fill(retina, 100);
    retina.glance();
    assertThat(retina.probabilities()).hasSize(5);
    assertThatThrownBy(network::retina).hasMessage("the network is closed");
    retina.close();
    retina.close();
    assertThatThrownBy(retina::glance).hasMessage("the retina is closed");
  }

  private static void fill(Retina retina, float value) {
    for (int i = 0; i < retina.ofPatch().capacity(); i++) {
      retina.ofPatch().put(i, value);
    }
  }

  /** A protobuf field that is a message or text. */
  private static byte[] message(int field, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, (field << 3) | 2);
    varint(bytes, content.length);
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static void varint(ByteArrayOutputStream bytes, int value) {
    int left = value;
    for (; left > 0x7f; left >>>= 7) {
      bytes.write((left & 0x7f) | 0x80);
    }
    bytes.write(left);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
