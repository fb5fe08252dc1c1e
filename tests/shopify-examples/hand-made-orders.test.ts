import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";

const both = (minor: number) => ({ shop: minor, presentment: minor });
const pair = (shop: number, presentment: number) => ({ shop, presentment });

test.each<[file: string, said: object]>([
  [
    "pos-order",
    {
      sourceName: "pos",
      locationId: "103709376812",
      currency: "CHF",
      email: null,
      customer: null,
      shippingAddress: null,
      billingAddress: null,
      gateways: ["cash"],
      fulfillmentStatus: "FULFILLED",
      totals: { total: both(59_98), tax: both(4_49), cashRounding: both(2), outstanding: both(0) },
      taxLines: [{ title: "MWST", rate: "0.081", amount: both(4_49) }],
      lines: [{ qty: 2, unfulfilledQty: 0, originalUnitPrice: both(29_99) }],
      fulfillments: [
        { status: "SUCCESS", tracking: [], totalQty: 2, lines: [{ lineId: "15518907892013", qty: 2 }] },
      ],
    },
  ],
  [
    "tip-line",
    {
      totals: { total: both(1150_00), tip: both(150_00) },
      lines: [
        { title: "Anarkali Kurta", requiresShipping: true },
        {
          title: "Tip",
          variantId: null,
          productId: null,
          sku: null,
          requiresShipping: false,
          unfulfilledQty: 0,
        },
      ],
    },
  ],
  [
    "gift-card-payment",
    {
      gateways: ["gift_card", "Razorpay"],
      totals: { total: both(2500_00), outstanding: both(0) },
      lines: [{ isGiftCard: false }, { isGiftCard: true, requiresShipping: false, unfulfilledQty: 0 }],
    },
  ],
  [
    "two-currencies",
    {
      currency: "INR",
      presentmentCurrency: "USD",
      discountCodes: ["WELCOME10"],
      totals: {
        total: pair(8300_00, 100_00),
        subtotal: pair(7470_00, 90_00),
        discounts: pair(830_00, 10_00),
        shipping: pair(415_00, 5_00),
        // Told in rupees only: the tip's own line knows the dollars, of the outstanding and the refund nobody does.
        tip: pair(415_00, 5_00),
        outstanding: undefined,
        refunded: undefined,
      },
      lines: [
        {
          originalUnitPrice: pair(4150_00, 50_00),
          allocations: [{ amount: pair(830_00, 10_00), level: "order" }],
        },
        { title: "Tip", originalUnitPrice: pair(415_00, 5_00) },
      ],
      shippingLines: [{ code: "INTL", originalPrice: pair(415_00, 5_00) }],
      refunds: [{ id: "900000000001", total: undefined }],
    },
  ],
  [
    "dinars-and-yen",
    {
      totals: { total: pair(12_345, 5980), tax: both(0), tip: both(0), outstanding: both(0) },
      lines: [{ originalUnitPrice: pair(12_345, 5980) }],
    },
  ],
  [
    "guest",
    {
      customer: null,
      shippingAddress: null,
      billingAddress: null,
      email: null,
      phone: null,
      financialStatus: "PENDING",
      gateways: ["Cash on Delivery (COD)"],
      totals: { outstanding: both(100_00) },
    },
  ],
  [
    "customer-absent",
    {
      customer: undefined,
      shippingAddress: null,
      email: null,
      note: null,
      tags: [],
      attributes: [],
      fulfillments: [],
      refunds: [],
      returns: undefined,
      shippingLines: [],
      lines: [{ title: "Kurta", qty: 1 }],
    },
  ],
  [
    "unknown-words",
    {
      financialStatus: "PARTIALLY_VOIDED",
      fulfillmentStatus: "TELEPORTED",
      cancelReason: "ALIENS",
      gateways: ["Quantum Pay"],
      customer: { id: "7788990011223", state: "HOLOGRAM" },
      fulfillments: [{ status: "BEAMED", deliveryStatus: "IN_ORBIT", tracking: [{ number: "X1" }] }],
      // A refund transaction that is not known to have succeeded gave nothing back.
      refunds: [{ total: both(0), lines: [{ lineId: "15518907892013", restockType: "VAPORISED" }] }],
      unknownValues: [
        "cancelReason: ALIENS",
        "financialStatus: PARTIALLY_VOIDED",
        "fulfillmentStatus: TELEPORTED",
        "fulfillments.deliveryStatus: IN_ORBIT",
        "fulfillments.status: BEAMED",
        "refunds.lines.restockType: VAPORISED",
      ],
    },
  ],
  [
    "ids-as-text",
    {
      id: "6200407294261",
      locationId: "103709376812",
      customer: { id: "7788990011223" },
      lines: [{ id: "15518907892013", productId: "8123456700002", variantId: "44123456700002", qty: 1 }],
      fulfillments: [{ id: "5500000000003", lines: [{ lineId: "15518907892013", qty: 1 }] }],
    },
  ],
  [
    "large-ids",
    {
      id: "820982911946154508",
      // Beside these two numbers stands no gid: no id is better than a rounded one.
      lines: [{ id: "487817672276298554", productId: null, variantId: null, sku: "SKU-1" }],
    },
  ],
  [
    "cancelled-cod",
    {
      financialStatus: "VOIDED",
      cancelReason: "CUSTOMER",
      cancelledAt: "2026-11-21T03:30:00.000Z",
      totals: { total: both(899_00), currentTotal: both(0), refunded: both(0), outstanding: both(0) },
      lines: [{ qty: 1, currentQty: 0, unfulfilledQty: 0 }],
      refunds: [
        {
          total: both(0),
          lines: [{ lineId: "15518907892013", qty: 1, restockType: "CANCEL", subtotal: both(899_00) }],
        },
      ],
    },
  ],
  [
    "discounts",
    {
      taxesIncluded: true,
      tags: ["COD Confirmed", "vip"],
      // The manual discount stands among the codes too, but nobody entered it.
      discountCodes: ["DIWALI10"],
      totals: { total: both(270_00), discounts: both(30_00), tax: both(41_19) },
      lines: [
        {
          qty: 3,
          originalUnitPrice: both(100_00),
          allocations: [
            { amount: both(10_00), title: "DIWALI10", level: "order" },
            { amount: both(20_00), title: "Manager's discount", level: "line" },
          ],
          taxLines: [{ title: "IGST", rate: "0.18", amount: both(41_19) }],
          attributes: [
            { name: "Engraving", value: "Asha" },
            { name: "_gift", value: "true" },
          ],
        },
      ],
    },
  ],
  [
    "amounts-as-numbers",
    {
      totals: {
        total: both(1250_50),
        currentTotal: both(1250_50),
        tax: both(0),
        outstanding: both(1250_50),
      },
      lines: [{ qty: 2, originalUnitPrice: both(625_25), sku: null, variantId: null }],
      shippingLines: [{ title: "Standard", originalPrice: both(0) }],
    },
  ],
  [
    "edited-order",
    {
      lines: [
        { title: "Kurta (taken out)", qty: 1, currentQty: 0, unfulfilledQty: 0 },
        { title: "Saree (put in)", qty: 2, currentQty: 1, unfulfilledQty: 1 },
      ],
      shippingLines: [
        { code: "EXP", isRemoved: true },
        { code: "STD", isRemoved: false },
      ],
      totals: { outstanding: both(100_00) },
    },
  ],
  [
    "two-parcels",
    {
      fulfillmentStatus: "PARTIALLY_FULFILLED",
      lines: [{ qty: 3, unfulfilledQty: 1 }],
      fulfillments: [
        {
          id: "5500000000004",
          status: "CANCELLED",
          tracking: [{ company: null, number: "BD9", url: null }],
          lines: [{ qty: 2 }],
        },
        {
          id: "5500000000005",
          name: "#1085.2",
          status: "SUCCESS",
          deliveryStatus: "DELIVERED",
          locationId: "103709376812",
          tracking: [
            { company: "Delhivery", number: "DL1", url: "https://delhivery.com/DL1" },
            { company: "Delhivery", number: "DL2", url: "https://delhivery.com/DL2" },
          ],
          lines: [{ qty: 1 }],
        },
      ],
    },
  ],
  [
    "odd-texts",
    {
      name: "IYKYK-#2061/a",
      note: "line one\nline two  😀",
      poNumber: null,
      tags: ["vip", "COD Confirmed"],
      attributes: [{ name: "gift", value: "yes" }],
      customer: { email: null, firstName: null },
      shippingAddress: {
        name: "Asha Rao",
        lastName: "Rao",
        phone: "95 5555 0100",
        zip: null,
        province: null,
      },
      billingAddress: { name: "Zoë Ångström-O'Neil", company: "Søn & Co <b>" },
      lines: [{ title: 'कुर्ता "XL"', sku: "A,B 1", variantTitle: null }],
    },
  ],
])("%s: an order decodes to what its file says", (name, said) => {
  const decoded = decodeOrder("rest", readFileSync(path.join(import.meta.dirname, `${name}.json`), "utf8"));
  expect(decoded).toMatchObject(said);
  if (name !== "unknown-words") expect(decoded.unknownValues).toEqual([]);
});
