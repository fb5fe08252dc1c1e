import { describe, expect, test } from "vitest";

import { defaultPaymentRules as rules } from "./default-payment-rules.ts";
import { matchGateway, normalisePaymentText, ruleMatches } from "./match-gateway.ts";
import { PaymentRule } from "./settings-schema.ts";

/** Names between strokes and line ends; in quotes where blanks, or what nobody sees, matter. */
const names = (text: string): string[] =>
  text
    .split(/[|\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => (name.startsWith('"') ? (JSON.parse(name) as string) : name));

const cashOnDelivery = {
  "as shops and apps write it": names(`
    cod | COD | C.O.D. | Cash on Delivery (COD) | cash on delivery (COD) | cash_on_delivery
    CASH-ON-DELIVERY | Cash-on-Delivery | CashOnDelivery | Cash on Delivery (₹49 fee)
    "CASH  ON\\tDELIVERY" | Ｃａｓｈ on Delivery | ＣＯＤ | "C\\u200bO\\u200bD"
    "cash\\u00a0on\\u00a0delivery" | "  Cash on Delivery (COD)  \\n" | ["Cash on Delivery"]
    Cash on Delievery | Cash upon Delivery | Card on Delivery | Pay on Delivery (Cash/Card/UPI)
    UPI on delivery | Visa on delivery | Collect on Delivery | Payment at delivery | Pay at doorstep
    Amazon Pay on Delivery | Partial COD | PPCOD | Razorpay Cash on Delivery
    Razorpay Magic Checkout - COD | COD by GoKwik | Shiprocket Checkout (COD) | Partially prepaid COD
    COD, no COD fee | Cash on Delivery - no COD charges | Cash on Delivery (without COD charges)
    COD – no cod handling fee | Cash on Delivery - COD not available above ₹50,000`),
  "in the Gulf and around": names(`
    الدفع عند الاستلام | الدفع نقدًا عند الاستلام (COD) | الدفع عند التسليم | COD - Aramex | Aramex COD
    SMSA Cash On Delivery | پرداخت در محل | کیش آن ڈیلیوری | מזומן לשליח`),
  "in Asia": names(`
    कैश ऑन डिलीवरी | ক্যাশ অন ডেলিভারি | Bayar di Tempat | Bayar di Tempat (COD)
    Bayaran tunai semasa penghantaran | Thanh toán khi nhận hàng | Thanh toán khi nhận hàng (COD)
    เก็บเงินปลายทาง | 货到付款 | 貨到付款 | 代金引換 | 代引き`),
  "in Europe and Latin America": names(`
    Nachnahme | DHL Nachnahme | Zahlung per Nachnahme | Zahlung bei Lieferung | Contrassegno
    Pagamento in contrassegno | Pagamento alla consegna | Contra reembolso | Contrareembolso
    Pago contra entrega | Pago contraentrega | Pagamento na entrega | Envio à cobrança
    Contre remboursement | Contre-remboursement | Paiement à la livraison | PAIEMENT À LA LIVRAISON
    Onder rembours | Betalen bij levering | Efterkrav | Betal ved levering | Postförskott | Postiennakko`),
  "in the east of Europe": names(`
    Dobírka | Platba na dobírku | Dobírkou | Platba při převzetí | Dobierka | Na dobierku | Za pobraniem
    Płatność za pobraniem | Płatność przy odbiorze | Utánvét | Utánvéttel | Utánvétes fizetés
    Plata ramburs | Plata la livrare | Plaćanje pouzećem | Plačilo po povzetju | Наложенный платёж
    наложенный платеж | Наложен платеж | Оплата при получении | Накладений платіж | Αντικαταβολή
    ΑΝΤΙΚΑΤΑΒΟΛΗ | Kapıda ödeme | KAPIDA ÖDEME | Kapıda Nakit Ödeme | Kapida odeme`),
};

const prepaid = {
  "anywhere, and what denies COD": names(`
    shopify_payments | Shopify Payments | Shop Pay | Shop Pay Installments | shopify_installments
    gift_card | shopify_store_credit | cash | Cash | Stripe | PayPal | PayPal Express Checkout | paypal
    Worldpay | Checkout.com | Amazon Pay | amazon_payments | Google Pay | Apple Pay | Alipay
    WeChat Pay | Credit Card | Visa / Mastercard | Bank Transfer (Advance Payment) | Bank Deposit
    Wire transfer | Money Order | bogus | (for testing) Bogus Gateway | Prepaid | Prepaid (no COD)
    Prepaid, no COD | Prepaid - no COD fee | Online payment (COD not available) | Only non-COD
    No Cash on Delivery`),
  "in India": names(`
    Razorpay | razorpay | 1 Razorpay | ["1 Razorpay"] | "Razorpay  " | Ｒａｚｏｒｐａｙ | "Razor\\u200dpay"
    Razorpay Secure (UPI, Cards, Wallets) | Magic Checkout | Cashfree | cashfree | Cashfree Payments
    PayU | PayU India | PayUmoney | PhonePe | PhonePe PG | Paytm | Paytm Payment Gateway | CCAvenue
    Instamojo | Easebuzz | Juspay | GoKwik | Gokwik Prepaid | Simpl | Simpl - Pay in 3 | LazyPay
    Snapmint | ZestMoney | BillDesk | Eazypay | ICICI Eazypay | Airpay | MobiKwik | Freecharge
    Shiprocket Checkout | Fastrr | Zaakpay | Pine Labs | PineLabs Online | Plural by Pine Labs
    SafexPay | NTT Data Payment Services | Atom | Atom Paynetz | Breeze | Breeze Checkout | Nimbbl
    Decentro | Open | Open Money | UPI | UPI / BHIM | RuPay | NetBanking | Net Banking`),
  "in Europe": names(`
    Klarna | Klarna. | Klarna - Rechnung | Mollie | Mollie - iDEAL | Adyen | iDEAL | Sofort
    SOFORT Überweisung | Bancontact | giropay | EPS | eps-Überweisung | Przelewy24 | BLIK | PayU Poland
    Trustly | Swish | MobilePay | Vipps | Twint | MB WAY | Multibanco | SEPA Direct Debit | Viva
    Viva Wallet | Viva.com Smart Checkout | Worldline | Nexi XPay | Satispay | Scalapay
    Alma - Paiement en 3x | Riverty | Billie | Ratepay | paydirekt | Bizum | Cartes Bancaires
    GoCardless | Clearpay | Vorkasse | Vorkasse (Überweisung) | Virement bancaire | Bonifico bancario`),
  // Paid after the goods, but never to the courier: nothing is collected at the door.
  "on invoice": names(`
    Rechnung | Kauf auf Rechnung | Rechnungskauf | Invoice | Pay by Invoice (Net 30) | Facture | Faktura`),
  // Boleto, OXXO and the like are promises, to be kept before the goods leave.
  "in America": names(`
    Square | Square Payments | Authorize.Net | authorize_net | Braintree | Venmo | Cash App Pay | Affirm
    Afterpay | Sezzle | Zip | Zip Pay | Mercado Pago | MercadoPago | PayU Latam | Pix | Boleto
    Boleto Bancário | OXXO | OXXO Pay | Conekta | Moneris | Bolt | Bolt Checkout | Interac e-Transfer
    SPEI | Wompi | Pago Fácil`),
  elsewhere: names(`
    Tabby | Tamara | Tap Payments | MyFatoorah | PayTabs | mada | KNET | Paymob | Fawry | Xendit | GCash
    QRIS | PromptPay | PayPay | Paystack | M-Pesa`),
};

/** Parts of words never count, everyday words only alone, and what the merchant typed in by hand says nothing. */
const unknown = names(`
    manual | Codeway | Kodak | Codex Pay | codex pay | Encod | CODE | Barcode | cupid | upidium
    cashback | Petty cash box | Cash desk | Cash on pickup | Cashmere | simply | payupal | Idealo
    Stripes | Ondelivery | Boleton | Boltzmann | Square One | Open Table | Zipper | Alman | Mystery | ""
    — | ₹`);

const groups = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([group, of]) => of.map((name) => [group, name] as const));

describe("the rules every shop starts with", () => {
  test.each(groups(cashOnDelivery))("%s: %j is cash on delivery", (_, name) => {
    expect(matchGateway(name, rules)?.method).toBe("COD");
  });

  test.each(groups(prepaid))("%s: %j is prepaid", (_, name) => {
    expect(matchGateway(name, rules)?.method).toBe("Prepaid");
  });

  test.each(unknown)("%j is not known", (name) => {
    expect(matchGateway(name, rules)).toBeNull();
  });

  test("are valid, say nothing twice, and none stands where an earlier one always answers first", () => {
    expect(PaymentRule.array().safeParse(rules).success).toBe(true);
    const shadowed = rules.filter((rule, index) =>
      rules
        .slice(0, index)
        .some((above) => above.match === "words" && ruleMatches(above, normalisePaymentText(rule.text))),
    );
    expect(shadowed.map(({ text }) => text)).toEqual([]);
  });
});
