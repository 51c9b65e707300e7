package io.saccade.checks.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What administrators do and nobody else may, each by a name of its own. */
final class Administration {

  /** One thing that is asked for. */
  interface Attempt {
    KafkaFuture<?> asked(Admin admin);
  }

  private Administration() {}

  /** All that is tried as a user, who would gain by it or harm a topic of these. */
  static Map<String, Attempt> attempts(String user, Collection<String> topics) {
    Map<String, Attempt> attempts = new TreeMap<>();
    topics.forEach(topic -> ofTopic(attempts, topic));
    attempts.put(
        "createTopics",
        admin -> admin.createTopics(List.of(new NewTopic("saccade.more", 1, (short) 1))).all());
    attempts.put("describeAcls", admin -> admin.describeAcls(AclBindingFilter.ANY).values());
    attempts.put("createAcls", admin -> admin.createAcls(List.of(everything(user))).all());
    attempts.put("deleteAcls", admin -> admin.deleteAcls(List.of(nobodys())).all());
    attempts.put(
        "alterUserScramCredentials",
        admin -> admin.alterUserScramCredentials(password(user)).all());
    attempts.put(
        "alterConfigs of the brokers", admin -> altered(admin, ConfigResource.Type.BROKER, ""));
    attempts.put(
        "deleteConsumerGroups", admin -> admin.deleteConsumerGroups(List.of("saccade")).all());
    return attempts;
  }

  private static void ofTopic(Map<String, Attempt> attempts, String topic) {
    attempts.put("deleteTopics " + topic, admin -> admin.deleteTopics(List.of(topic)).all());
    attempts.put(
        "deleteRecords " + topic,
        admin ->
            admin
                .deleteRecords(
                    Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(0)))
                .all());
    attempts.put(
        "createPartitions " + topic,
        admin -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(64))).all());
    attempts.put(
        "alterConfigs " + topic, admin -> altered(admin, ConfigResource.Type.TOPIC, topic));
  }

  private static KafkaFuture<?> altered(Admin admin, ConfigResource.Type type, String name) {
    String setting = type == ConfigResource.Type.TOPIC ? "retention.ms" : "log.retention.ms";
    AlterConfigOp soonGone =
        new AlterConfigOp(new ConfigEntry(setting, "1000"), AlterConfigOp.OpType.SET);
    return admin
        .incrementalAlterConfigs(Map.of(new ConfigResource(type, name), List.of(soonGone)))
        .all();
  }

  private static AclBinding everything(String user) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW));
  }

  /** Matches no right of anybody, so that an attempt that succeeds leaves the others in place. */
  private static AclBindingFilter nobodys() {
    return everything("nobody").toFilter();
  }

  private static List<UserScramCredentialAlteration> password(String user) {
    ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192);
    return List.of(new UserScramCredentialUpsertion(user, info, "chosen-by-himself"));
  }
}
