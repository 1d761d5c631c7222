/**
 * Active Support's `underscore`, as far as it needs no list of acronyms: `HTMLParser` → `html_parser`,
 * `Admin::UsersController` → `admin/users_controller`.
 */
export function underscore(name: string): string {
  return name
    .replaceAll('::', '/')
    .replace(/([A-Z]+)(?=[A-Z][a-z])|([a-z\d])(?=[A-Z])/g, '$1$2_')
    .toLowerCase();
}
