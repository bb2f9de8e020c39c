"""The site: pages made of docs/, spec/ and generated/, and the playground."""
