/** A folder of `$LOAD_PATH`. */
export interface LoadRoot {
  readonly path: string;
  /** The gem's or application's folder: its files look here first. */
  readonly owner: string;
  /** `lib` and `ext` of gems: others look here, too. `test` and `spec`: only the owner's files do. */
  readonly isShared: boolean;
}

/** A folder that Zeitwerk loads constants from. */
export interface AutoloadRoot {
  readonly path: string;
  readonly owner: string;
  /** Files below this folder see it; `''`: all do. */
  readonly scope: string;
  /** The constant that the folder stands for; absent: `Object`. */
  readonly namespace?: string;
}

/** All that the resolution of Ruby's imports reads besides the names of the files. Lists are sorted. */
export interface RubyContext {
  readonly loads: readonly LoadRoot[];
  readonly autoloads: readonly AutoloadRoot[];
  /** `inflect.acronym "API"` */
  readonly acronyms: readonly string[];
  /** Constant → file name, where a rule of its own says so: `inflector.inflect("csv_io" => "CSVIO")`. */
  readonly inflections: readonly (readonly [constant: string, name: string])[];
  /** First folders of what the repository's own gems hold: `active_record`. */
  readonly owned: readonly string[];
  /** Gems of Gemfile.lock that have a hyphen in their names. */
  readonly locked: readonly string[];
}
