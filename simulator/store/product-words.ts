/** What the catalogue is written with. */
export const GARMENTS = [
  ["Kurta", "Kurtas"],
  ["Kurti", "Kurtas"],
  ["Anarkali", "Dresses"],
  ["Shirt", "Shirts"],
  ["T-Shirt", "T-Shirts"],
  ["Palazzo", "Bottoms"],
  ["Saree", "Sarees"],
  ["Co-ord Set", "Sets"],
  ["Nehru Jacket", "Jackets"],
  ["Lehenga", "Lehengas"],
  ["Joggers", "Bottoms"],
  ["Dupatta", "Accessories"],
  ["Maxi Dress", "Dresses"],
  ["Sherwani", "Jackets"],
] as const;
export const ACCESSORIES = [
  "Tote Bag",
  "Jhumka Earrings",
  "Care & Mending Kit",
  "Cotton Socks (Pack of 3)",
  "Stole",
  "Potli Bag",
] as const;
export const STYLES = [
  "Handblock",
  "Bandhani",
  "Everyday",
  "Festive",
  "Chikankari",
  "Ajrakh",
  "Classic",
  "Ikat",
  "Relaxed",
  "Mirror-work",
  "Indigo",
  "Kalamkari",
  "Pintuck",
] as const;
export const FABRICS = ["Cotton", "Linen", "Mulmul", "Rayon", "Chanderi", "Georgette", "Khadi"] as const;
export const COLOURS = [
  "White",
  "Black",
  "Indigo Blue",
  "Mustard",
  "Rani Pink",
  "Bottle Green",
  "Maroon",
  "Peach",
  "Sky Blue",
  "Ivory",
  "Rust / Terracotta",
  "Lavender",
] as const;
export const SIZES = ["XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL", "Free Size"] as const;
/** The colour-like option is called many things. */
export const COLOUR_NAMES = ["Color", "Colour", "Shade", "color ", "Print"] as const;
export const VENDORS = [
  "Nazrana Jaipur",
  "Nazrana Jaipur",
  "Nazrana Jaipur",
  "Threadworks",
  "Bagru Prints Co.",
  "O'Neill & Daughters",
] as const;
export const GONE_TITLES = [
  "Phulkari Kurta (old season)",
  "Sample Sale Saree",
  "Linen Shirt 2024",
  "Diwali Hamper",
  "Block Print Mask",
] as const;
