import {
  ChoiceList,
  FormLayout,
  IndexFilters,
  IndexFiltersMode,
  TextField,
  useSetIndexFiltersMode,
  type IndexFiltersProps,
} from "@shopify/polaris";

import { isDay } from "#app/lib/zoned-day.ts";

import type { Format } from "./format.ts";
import { useListParams } from "./list-params.ts";
import { useFormat } from "./shop-format.tsx";
import { useTypedDays } from "./use-typed-days.ts";
import { searched, useTyped } from "./use-typed.ts";

/** A filter of a list; its name is the parameter's (of days: `{name}From` and `{name}To`). */
export type ListFilter =
  | { kind: "choices"; name: string; label: string; options: readonly { value: string; label: string }[] }
  | { kind: "days"; name: string; label: string };

/** A list often wanted: its tab's name, and what it asks. The first is the whole list. */
export type ListView = { label: string; params: Record<string, readonly string[]> };

export type ListSortChoice = NonNullable<IndexFiltersProps["sortOptions"]>[number];

/** Search, filters, order and often wanted views of a list, kept in the page's address. */
export function ListFilters({
  searchLabel,
  filters,
  views,
  sorts,
  loading,
}: {
  /** What can be searched by; undefined: nothing can. */
  searchLabel?: string;
  filters: readonly ListFilter[];
  views: readonly ListView[];
  sorts: readonly ListSortChoice[];
  loading: boolean;
}) {
  const { wanted: asked, change: changeAddress } = useListParams();
  const format = useFormat();
  const { typed, type, settle } = useTyped(asked.get("search") ?? "", (search) => {
    changeAddress(searched(search), { replace: true });
  });
  const days = useTypedDays(asked, (changes) => {
    changeAddress(changes, { replace: true });
  });
  /** Whatever else is asked takes along what has just been typed. */
  const change = (changes: Record<string, readonly string[]>) => {
    settle(typed);
    changeAddress({ ...searched(typed.trim()), ...days.take(), ...changes });
  };
  const clear = (changes: Record<string, readonly string[]>) => {
    settle("");
    days.take();
    changeAddress({ ...changes, search: [] });
  };
  const names = filters.flatMap(parametersOf);
  const view = selectedView(views, asked, names);
  // Whoever follows a link to a filtered list sees by what: only in this mode the filters and the words searched for are shown.
  const isOwn = view === null || asked.has("search");
  const { mode, setMode } = useSetIndexFiltersMode(
    isOwn ? IndexFiltersMode.Filtering : IndexFiltersMode.Default,
  );
  const applied = filters.flatMap((filter) => {
    const words = appliedWords(filter, asked, format);
    const onRemove = () => {
      change(none(parametersOf(filter)));
    };
    return words === null ? [] : [{ key: filter.name, label: words, onRemove }];
  });
  return (
    <IndexFilters
      // Polaris takes a list that is still below the fold for one that was scrolled past, and lays its filters over what stands above.
      disableStickyMode
      mode={mode}
      setMode={setMode}
      loading={loading}
      hideQueryField={searchLabel === undefined}
      queryPlaceholder={searchLabel}
      queryValue={typed}
      onQueryChange={type}
      onQueryClear={() => {
        clear({});
      }}
      tabs={views.map(({ label }) => ({ id: label, content: label }))}
      selected={view ?? 0}
      onSelect={(index) => {
        change({ ...none(names), ...views[index]?.params });
      }}
      canCreateNewView={false}
      filters={filters.map((filter) => ({
        key: filter.name,
        label: filter.label,
        filter: <FilterField filter={filter} asked={asked} change={change} days={days} />,
      }))}
      appliedFilters={applied}
      onClearAll={() => {
        clear(none(names));
      }}
      sortOptions={sorts.length > 1 ? [...sorts] : undefined}
      sortSelected={[asked.get("sort") ?? sorts[0]?.value ?? ""]}
      onSort={([sort = ""]) => {
        change({ sort: [sort] });
      }}
      cancelAction={{
        onAction: () => {
          clear(none(names));
        },
      }}
    />
  );
}

function FilterField({
  filter,
  asked,
  change,
  days,
}: {
  filter: ListFilter;
  asked: URLSearchParams;
  change: (changes: Record<string, readonly string[]>) => void;
  days: ReturnType<typeof useTypedDays>;
}) {
  const { name, label } = filter;
  if (filter.kind === "choices")
    return (
      <ChoiceList
        title={label}
        titleHidden
        allowMultiple
        choices={[...filter.options]}
        selected={asked.getAll(name)}
        onChange={(values) => {
          change({ [name]: values });
        }}
      />
    );
  const day = (parameter: string, words: string) => (
    <TextField
      type="date"
      label={words}
      autoComplete="off"
      value={days.value(parameter)}
      onChange={(value) => {
        days.type(parameter, value);
      }}
    />
  );
  return (
    <FormLayout>
      {day(`${name}From`, "From")}
      {day(`${name}To`, "To")}
    </FormLayout>
  );
}

function parametersOf(filter: ListFilter): string[] {
  return filter.kind === "choices" ? [filter.name] : [`${filter.name}From`, `${filter.name}To`];
}

function none(names: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, []]));
}

function appliedWords(filter: ListFilter, asked: URLSearchParams, format: Format): string | null {
  const { name, label } = filter;
  if (filter.kind === "choices") {
    const chosen = filter.options.filter(({ value }) => asked.getAll(name).includes(value));
    return chosen.length === 0 ? null : `${label}: ${chosen.map((option) => option.label).join(", ")}`;
  }
  // What is no day is not asked for either: the list says so.
  const [from, to] = parametersOf(filter).map((parameter) => {
    const day = asked.get(parameter) ?? "";
    return isDay(day) ? day : null;
  });
  const days = [from ? `from ${format.day(from)}` : "", to ? `to ${format.day(to)}` : ""].filter(Boolean);
  return days.length === 0 ? null : `${label} ${days.join(" ")}`;
}

/** The view that asks just what the address asks; null where none does. */
function selectedView(
  views: readonly ListView[],
  asked: URLSearchParams,
  names: readonly string[],
): number | null {
  const wanted = (view: ListView, name: string) => (view.params[name] ?? []).join("\n");
  const index = views.findIndex((view) =>
    names.every((name) => asked.getAll(name).join("\n") === wanted(view, name)),
  );
  return index === -1 ? null : index;
}
