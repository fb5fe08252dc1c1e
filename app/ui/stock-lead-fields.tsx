import { Card, ChoiceList } from "@shopify/polaris";

import type { StockForm } from "#app/settings/stock-form.ts";

import { SettingsSection } from "./settings-section.tsx";

/** Whose number counts, and what happens where Shopify's is not the one that was known; each with what follows from it. */
export function StockLeadFields({
  form,
  onChange,
}: {
  form: StockForm;
  onChange: (change: Partial<StockForm>) => void;
}) {
  return (
    <>
      <SettingsSection
        title="Whose stock counts"
        description="One side says how many can be sold. If both did, each would undo the other."
      >
        <Card>
          <ChoiceList
            title="The side that leads"
            choices={[
              {
                value: "shopify",
                label: "Shopify leads",
                helpText:
                  "You count and change stock in Shopify. The ERP reads it and sends none; stock set in the ERP stays in the ERP.",
              },
              {
                value: "erp",
                label: "The ERP leads",
                helpText:
                  "You count and change stock in the ERP, and Shopify is told: what the ERP can sell, less what is kept back, less what orders that are not taken in yet have bought. Nothing is sent before you have seen the comparison and switched sending on. What the ERP has never said anything of stays as it is in Shopify.",
              },
            ]}
            selected={[form.leads]}
            onChange={([leads = form.leads]) => {
              onChange({ leads: leads as StockForm["leads"] });
            }}
          />
        </Card>
      </SettingsSection>
      <SettingsSection
        title="When both have changed"
        description="Just before a number is sent, Shopify is asked what it has. Somebody may have counted there, or another app may have changed it; what orders took is known, and is no such change. This holds once the ERP leads."
      >
        <Card>
          <ChoiceList
            title="If somebody has changed it in Shopify"
            choices={[
              {
                value: "ask",
                label: "Ask me",
                helpText: "Neither is changed. Both numbers are shown in Updates to Shopify, and you decide.",
              },
              {
                value: "erp",
                label: "Send the ERP's number",
                helpText: "It replaces what was changed in Shopify.",
              },
              {
                value: "shopify",
                label: "Keep Shopify's number",
                helpText:
                  "This once nothing is sent. The next change in the ERP is sent again, so correct the ERP's number too.",
              },
            ]}
            selected={[form.onConflict]}
            onChange={([onConflict = form.onConflict]) => {
              onChange({ onConflict: onConflict as StockForm["onConflict"] });
            }}
          />
        </Card>
      </SettingsSection>
    </>
  );
}
