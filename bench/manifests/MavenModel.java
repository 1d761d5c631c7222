import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.maven.model.*;
import org.apache.maven.model.building.*;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.model.resolution.*;

/**
 * Maven's own model builder over pom.xml files: paths on standard input, one a line; a line of JSON for each. Parents
 * and imported lists of versions are looked for among these files; others stand as empty projects.
 */
public class MavenModel {
  static final Set<String> DEFAULTS = new HashSet<>(Arrays.asList("maven-antrun-plugin:1.3",
      "maven-assembly-plugin:2.2-beta-5", "maven-dependency-plugin:2.8", "maven-release-plugin:2.5.3"));
  static final Map<String, File> KNOWN = new HashMap<>();

  public static void main(String[] args) throws Exception {
    List<String> paths = new ArrayList<>();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) paths.add(line);
    for (String path : paths) {
      try (InputStream file = new FileInputStream(path)) {
        Model model = new MavenXpp3Reader().read(file);
        String group = model.getGroupId() != null ? model.getGroupId() : model.getParent().getGroupId();
        KNOWN.put(group + ":" + model.getArtifactId(), new File(path).getAbsoluteFile());
      } catch (Exception unreadable) {
        // It is told of below.
      }
    }
    for (String path : paths) System.out.println(answer(new File(path).getAbsoluteFile()));
  }

  static class Resolver implements ModelResolver {
    public ModelSource resolveModel(String group, String artifact, String version) {
      File known = KNOWN.get(group + ":" + artifact);
      if (known != null) return new FileModelSource(known);
      return new StringModelSource("<project><modelVersion>4.0.0</modelVersion><groupId>" + group + "</groupId><artifactId>"
          + artifact + "</artifactId><version>" + version + "</version><packaging>pom</packaging></project>");
    }
    public ModelSource resolveModel(Parent parent) { return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion()); }
    public ModelSource resolveModel(Dependency one) { return resolveModel(one.getGroupId(), one.getArtifactId(), one.getVersion()); }
    public void addRepository(Repository repository) {}
    public void addRepository(Repository repository, boolean replace) {}
    public ModelResolver newCopy() { return new Resolver(); }
  }

  /** Profiles ask for it. */
  static Properties java() {
    Properties known = new Properties();
    known.setProperty("java.version", System.getProperty("java.version"));
    return known;
  }

  static String answer(File path) {
    Model raw;
    try (InputStream file = new FileInputStream(path)) {
      raw = new MavenXpp3Reader().read(file);
    } catch (Exception error) {
      return text(String.valueOf(error.getMessage()));
    }
    Model effective;
    DefaultModelBuildingRequest request = new DefaultModelBuildingRequest();
    request.setPomFile(path).setModelResolver(new Resolver()).setProcessPlugins(false)
        .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL).setSystemProperties(java());
    try {
      effective = new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
    } catch (ModelBuildingException error) {
      effective = error.getResult() == null ? null : error.getResult().getEffectiveModel();
      if (effective == null) effective = error.getModel();
      if (effective == null) return text(String.valueOf(error.getMessage()));
    }
    List<String> rows = new ArrayList<>();
    List<Dependency> own = raw.getDependencies();
    // Where the effective list holds them: by name, with what is inherited besides.
    for (Dependency one : own) {
      String name = filled(one.getGroupId(), effective) + ":" + filled(one.getArtifactId(), effective);
      Dependency found = null;
      for (Dependency other : effective.getDependencies())
        if ((other.getGroupId() + ":" + other.getArtifactId()).equals(name) && same(other.getClassifier(), filled(one.getClassifier(), effective))
            && same(other.getType(), one.getType())) found = other;
      String scope = found == null ? "?" : found.getScope();
      rows.add(row("dependency " + name, (found == null ? "?" : found.getVersion()) + " " + (scope == null ? "compile" : scope)
          + (found != null && found.isOptional() ? " optional" : "")));
    }
    if (raw.getDependencyManagement() != null)
      for (Dependency one : raw.getDependencyManagement().getDependencies())
        rows.add(row("managed " + filled(one.getGroupId(), effective) + ":" + filled(one.getArtifactId(), effective), filled(one.getVersion(), effective)));
    if (raw.getBuild() != null) {
      for (Plugin one : raw.getBuild().getPlugins()) plugin("plugin", one, rows, effective);
      if (raw.getBuild().getPluginManagement() != null)
        for (Plugin one : raw.getBuild().getPluginManagement().getPlugins()) plugin("managed-plugin", one, rows, effective);
      for (Extension one : raw.getBuild().getExtensions())
        rows.add(row("extension " + one.getGroupId() + ":" + one.getArtifactId(), filled(one.getVersion(), effective)));
    }
    for (Profile profile : raw.getProfiles()) {
      for (Dependency one : profile.getDependencies()) rows.add(row("profile " + filled(one.getGroupId(), effective) + ":" + filled(one.getArtifactId(), effective), ""));
      if (profile.getDependencyManagement() != null)
        for (Dependency one : profile.getDependencyManagement().getDependencies()) rows.add(row("profile " + filled(one.getGroupId(), effective) + ":" + filled(one.getArtifactId(), effective), ""));
      if (profile.getBuild() == null) continue;
      for (Plugin one : profile.getBuild().getPlugins()) rows.add(row("profile " + one.getGroupId() + ":" + one.getArtifactId(), ""));
      if (profile.getBuild().getPluginManagement() != null)
        for (Plugin one : profile.getBuild().getPluginManagement().getPlugins()) rows.add(row("profile " + one.getGroupId() + ":" + one.getArtifactId(), ""));
    }
    if (raw.getReporting() != null)
      for (ReportPlugin one : raw.getReporting().getPlugins()) rows.add(row("report " + one.getGroupId() + ":" + one.getArtifactId(), ""));
    if (raw.getParent() != null) rows.add(row("parent " + raw.getParent().getGroupId() + ":" + raw.getParent().getArtifactId(), raw.getParent().getVersion()));
    return "[" + String.join(",", rows) + "]";
  }

  static void plugin(String kind, Plugin one, List<String> rows, Model effective) {
    String version = one.getVersion();
    if (kind.equals("plugin") && effective.getBuild() != null) {
      Plugin found = effective.getBuild().getPluginsAsMap().get(one.getKey());
      // What Maven's own first project (the super POM) says is of the tool, not of the tree.
      boolean isDefault = one.getVersion() == null && DEFAULTS.contains(one.getArtifactId() + ":" + (found == null ? "" : found.getVersion()));
      if (found != null && !isDefault) version = found.getVersion();
    }
    rows.add(row(kind + " " + one.getKey(), filled(version, effective)));
    for (Dependency dependency : one.getDependencies())
      rows.add(row(kind + "-dependency " + dependency.getGroupId() + ":" + dependency.getArtifactId(), filled(dependency.getVersion(), effective)));
  }

  /** As Maven does, from the effective project's properties. */
  static String filled(String text, Model model) {
    if (text == null) return "";
    for (int step = 0; step < 20 && text.contains("${"); step++) {
      int at = text.indexOf("${"), end = text.indexOf('}', at);
      String name = text.substring(at + 2, end).replaceFirst("^pom\\.", "project.");
      String value = name.equals("project.version") || name.equals("version") ? model.getVersion()
          : name.equals("project.groupId") || name.equals("groupId") ? model.getGroupId()
          : name.equals("project.artifactId") ? model.getArtifactId()
          : name.equals("project.parent.version") ? model.getParent().getVersion()
          : name.equals("project.parent.groupId") ? model.getParent().getGroupId() : model.getProperties().getProperty(name);
      if (value == null) return text;
      text = text.substring(0, at) + value + text.substring(end + 1);
    }
    return text;
  }

  static boolean same(String one, String other) { return (one == null ? "" : one).equals(other == null ? "" : other); }
  static String row(String key, String value) { return "[" + text(key) + "," + text(value == null ? "" : value) + "]"; }
  static String text(String value) { return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ").replace("\r", " ").replace("\t", " ") + "\""; }
}
