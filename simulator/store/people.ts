import type { RecordRandom } from "./random.ts";

const GIVEN = [
  "Aarav",
  "Ananya",
  "Mohammed Faizan",
  "Gurpreet",
  "Lakshmi",
  "Zoya",
  "Rohit",
  "Priyanka",
  "Sneha",
  "Arjun",
  "Fatima",
  "Harpreet",
  "Tenzin",
  "Lalrinpuii",
  "Debjani",
  "Sourav",
  "Meenakshi",
  "Karthik",
  "Joseph",
  "Mary Anne",
  "Ayesha",
  "Imran",
  "Kavya",
  "Nikhil",
  "Bhagyashree",
  "Rutuja",
  "Dhruv",
  "Simran",
  "Chitra",
  "Vaibhav",
  "Ishaan",
  "Pooja ",
  "Radhika",
  "Zubin",
  "Ngangom",
  "Thangjam",
  "Padma",
  "Venkata Sai",
  "प्रिया",
  "சரண்யா",
  "Renée",
  "José",
] as const;
const FAMILY = [
  "Sharma",
  "Iyer",
  "Khan",
  "Singh",
  "Kaur",
  "Das",
  "Mukherjee",
  "Patel",
  "Shah",
  "D'Souza",
  "Fernandes",
  "Nair",
  "Menon",
  "Reddy",
  "Gowda",
  "Kulkarni",
  "Deshpande",
  "Bhutia",
  "Ralte",
  "Meitei",
  "Choudhary",
  "Meena",
  "Ansari",
  "Qureshi",
  "Mistry",
  "Contractor",
  "Ramasubramanian",
  "K",
  "O'Brien",
  "शर्मा",
  "Agarwal ",
  "Jain",
  "Bora",
  "Tirkey",
] as const;

export type Person = { firstName: string | null; lastName: string | null };

/** A name as customers type it: other scripts, initials, apostrophes, trailing blanks, first name missing. */
export function drawPerson(random: RecordRandom): Person {
  const firstName = random.chance(0.02) ? null : random.pick(GIVEN);
  const lastName = random.chance(0.04) ? (random.chance(0.5) ? null : ".") : random.pick(FAMILY);
  return firstName === null && lastName === null ? { firstName: "Guest", lastName } : { firstName, lastName };
}

export function fullName({ firstName, lastName }: Person): string {
  return [firstName, lastName].filter((part) => part !== null).join(" ");
}

/** The latin letters of a name, for an address on example.com. */
function plainName({ firstName, lastName }: Person): string {
  const text = `${firstName ?? "shopper"}.${lastName ?? ""}`
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z.]/g, "");
  return text.replace(/^\.+|\.+$/g, "") || "shopper";
}

export function drawEmail(random: RecordRandom, person: Person, n: number): string {
  const tail = random.chance(0.5) ? String(n) : `${String(n)}.${random.digits(2)}`;
  return `${plainName(person)}${tail}@${random.pick(["example.com", "example.in", "mail.example.com", "example.org"])}`;
}

/** An Indian mobile number in one of the ways people type it. */
export function drawPhone(random: RecordRandom): string {
  const number = `9${random.digits(9)}`;
  const spaced = `${number.slice(0, 5)} ${number.slice(5)}`;
  return random.pick([
    `+91${number}`,
    `+91${number}`,
    number,
    `0${number}`,
    `+91 ${spaced}`,
    ` ${spaced}`,
    `+91-${number}`,
  ]);
}

/** The same number as Shopify keeps it on a customer (E.164). */
export function normalPhone(phone: string): string {
  return `+91${phone.replace(/\D/g, "").slice(-10)}`;
}
