import { readField, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { afterShopTime, numberOf, type Json } from "./rest-values.ts";

/**
 * The shop as app/uninstalled tells it. Of what the store does not know: no place on the map, no Google Apps, nothing
 * asked at the checkout; a storefront without password, more than one location.
 */
export function renderRestShop(shop: SimNode): Json {
  const at = (name: string) => readField(shop, "billingAddress", name) ?? null;
  const currency = readText(shop, "currencyCode");
  const format = currency === "INR" ? "Rs. {{amount}}" : `{{amount}} ${currency}`;
  return {
    id: numberOf(shop.id),
    name: shop["name"],
    email: shop["email"],
    domain: readField(shop, "primaryDomain", "host") ?? shop["myshopifyDomain"],
    province: at("province"),
    country: at("countryCodeV2"),
    address1: at("address1"),
    zip: at("zip"),
    city: at("city"),
    source: null,
    phone: at("phone"),
    latitude: null,
    longitude: null,
    primary_locale: "en",
    address2: at("address2"),
    created_at: afterShopTime(shop["createdAt"]),
    updated_at: afterShopTime(shop["updatedAt"]),
    country_code: at("countryCodeV2"),
    country_name: at("country"),
    currency,
    customer_email: shop["contactEmail"],
    timezone: `(GMT+05:30) ${readText(shop, "ianaTimezone")}`,
    iana_timezone: shop["ianaTimezone"],
    shop_owner: shop["shopOwnerName"],
    money_format: format,
    money_with_currency_format: format,
    weight_unit: "kg",
    province_code: at("provinceCode"),
    taxes_included: shop["taxesIncluded"],
    auto_configure_tax_inclusivity: null,
    tax_shipping: shop["taxShipping"],
    county_taxes: null,
    plan_display_name: readField(shop, "plan", "publicDisplayName") ?? null,
    plan_name: readText(shop, "plan", "displayName").toLowerCase(),
    has_discounts: true,
    has_gift_cards: true,
    myshopify_domain: shop["myshopifyDomain"],
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: format,
    money_with_currency_in_emails_format: format,
    eligible_for_payments: false,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    primary_location_id: null,
    checkout_api_supported: shop["checkoutApiSupported"],
    multi_location_enabled: true,
    setup_required: shop["setupRequired"],
    pre_launch_enabled: false,
    enabled_presentment_currencies: shop["enabledPresentmentCurrencies"],
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: true,
  };
}
